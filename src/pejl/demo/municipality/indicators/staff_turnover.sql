-- Who left the administration in the year, over months of employment / 12, for each employee and unit. Trainees count
-- neither as leavers nor as employed. Who has another employment within 31 days has not left.
WITH months AS (
  SELECT employees.person, employees.unit, calendar_years.period, count(DISTINCT calendar_days.day) AS months
  FROM employees
  JOIN calendar_days
    ON calendar_days.day >= employees.from_day
    AND (employees.to_day IS NULL OR calendar_days.day <= employees.to_day)
  JOIN calendar_years ON calendar_years.year = calendar_days.year
  WHERE calendar_days.day_of_month = 1 AND NOT employees.trainee
  GROUP BY employees.person, employees.unit, calendar_years.period
),
leavers AS (
  -- one for each person and year: the last
  SELECT
    employees.person,
    employees.unit,
    calendar_years.period,
    row_number() OVER (
      PARTITION BY employees.person, calendar_years.period
      ORDER BY employees.to_day DESC, employees.employment_id DESC
    ) AS place
  FROM employees
  JOIN calendar_years ON employees.to_day BETWEEN calendar_years.first_day AND calendar_years.last_day
  WHERE
    NOT employees.trainee
    AND NOT EXISTS (
      SELECT 1 FROM employees AS other
      WHERE
        other.person = employees.person
        AND (other.to_day IS NULL OR other.to_day > employees.to_day)
        AND date_diff('day', employees.to_day, other.from_day) <= 31
    )
),
both_parts AS (
  SELECT months.person, months.unit, months.period, 0 AS has_left, months.months
  FROM months
  UNION ALL
  SELECT leavers.person, leavers.unit, leavers.period, 1 AS has_left, 0 AS months
  FROM leavers
  WHERE leavers.place = 1
)
SELECT
  both_parts.person,
  both_parts.period,
  both_parts.unit,
  CAST(sum(both_parts.has_left) AS DOUBLE) AS numerator,
  CAST(sum(both_parts.months) AS DOUBLE) / 12.0 AS denominator
FROM both_parts
GROUP BY both_parts.person, both_parts.period, both_parts.unit
