-- Each citizen once a year, with the day before the year's first assignment: who they were when the home was assigned.
SELECT
  housing_assignments.person,
  calendar_years.period,
  min(housing_assignments.assigned_on) - 1 AS event_date,
  1 AS numerator
FROM housing_assignments
JOIN calendar_years
  ON housing_assignments.assigned_on BETWEEN calendar_years.first_day AND calendar_years.last_day
GROUP BY housing_assignments.person, calendar_years.period
