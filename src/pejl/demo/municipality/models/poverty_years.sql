-- Everybody who lives in the municipality on the last day of a year and has an income in that year and both years
-- before: in how many of the three the income was below the line, and whether any was a year of study.
WITH three_years AS (
  -- an income counts in its own year and in the two after it
  SELECT
    income.person,
    calendar_years.period,
    calendar_years.last_day,
    sum(CASE WHEN income.equivalised_income < poverty_lines.half_of_median THEN 1 ELSE 0 END) AS low_years,
    max(CASE WHEN income.student THEN 1 ELSE 0 END) AS studied,
    max(CASE WHEN income.year = calendar_years.year THEN income.net_wealth END) AS net_wealth
  FROM income
  JOIN poverty_lines ON poverty_lines.year = income.year
  JOIN calendar_years ON calendar_years.year BETWEEN income.year AND income.year + 2
  GROUP BY income.person, calendar_years.period, calendar_years.last_day
  HAVING count(*) = 3
)
SELECT
  three_years.person,
  three_years.period,
  three_years.low_years,
  three_years.studied,
  three_years.net_wealth
FROM three_years
JOIN residence
  ON residence.person = three_years.person
  AND residence.from_day <= three_years.last_day
  AND (residence.to_day IS NULL OR residence.to_day >= three_years.last_day)
