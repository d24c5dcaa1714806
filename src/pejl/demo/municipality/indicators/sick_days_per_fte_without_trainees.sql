-- As sick_days_per_fte.sql, but months of pay and leave count only in an employment that is not a trainee's: one in
-- the unit on some day of the month, and one in the unit on the first day of the leave.
WITH full_time AS (
  SELECT pay_months.person, pay_months.unit, calendar_years.period, sum(pay_months.fte) / 12.0 AS fte
  FROM pay_months
  JOIN calendar_years ON pay_months.month_first BETWEEN calendar_years.first_day AND calendar_years.last_day
  JOIN calendar_days ON calendar_days.day = pay_months.month_first
  WHERE
    EXISTS (
      SELECT 1 FROM employees
      WHERE
        employees.person = pay_months.person
        AND employees.unit = pay_months.unit
        AND NOT employees.trainee
        AND employees.from_day <= calendar_days.month_last
        AND (employees.to_day IS NULL OR employees.to_day >= calendar_days.month_first)
    )
  GROUP BY pay_months.person, pay_months.unit, calendar_years.period
),
absent AS (
  SELECT
    sick_absence.person,
    sick_absence.unit,
    calendar_years.period,
    sum(
      sick_absence.working_days
      * CAST(
        date_diff(
          'day',
          greatest(sick_absence.from_day, calendar_years.first_day),
          least(sick_absence.to_day, calendar_years.last_day)
        ) + 1 AS DOUBLE
      )
      / nullif(CAST(date_diff('day', sick_absence.from_day, sick_absence.to_day) + 1 AS DOUBLE), 0)
    ) AS days
  FROM sick_absence
  JOIN calendar_years
    ON sick_absence.from_day <= calendar_years.last_day AND sick_absence.to_day >= calendar_years.first_day
  WHERE
    EXISTS (
      SELECT 1 FROM employees
      WHERE
        employees.person = sick_absence.person
        AND employees.unit = sick_absence.unit
        AND NOT employees.trainee
        AND employees.from_day <= sick_absence.from_day
        AND (employees.to_day IS NULL OR employees.to_day >= sick_absence.from_day)
    )
  GROUP BY sick_absence.person, sick_absence.unit, calendar_years.period
)
SELECT
  full_time.person,
  full_time.period,
  full_time.unit,
  coalesce(absent.days, CAST(0 AS DOUBLE)) AS numerator,
  full_time.fte AS denominator
FROM full_time
LEFT JOIN absent
  ON absent.person = full_time.person AND absent.unit = full_time.unit AND absent.period = full_time.period
