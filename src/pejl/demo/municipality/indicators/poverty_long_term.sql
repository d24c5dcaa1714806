-- The official line of 2013-2015. Who was a student in any of the three years is left out.
SELECT
  poverty_years.person,
  poverty_years.period,
  CASE WHEN poverty_years.low_years = 3 AND poverty_years.net_wealth < 100000 THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM poverty_years
WHERE poverty_years.studied = 0
