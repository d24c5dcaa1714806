-- Everybody who lives here and is at another level than "none" on the last day of the year.
SELECT
  vulnerability_levels.person,
  calendar_years.period,
  vulnerability_levels.vulnerability_level,
  1 AS numerator
FROM vulnerability_levels
JOIN calendar_years ON calendar_years.year = vulnerability_levels.year
WHERE vulnerability_levels.step > 0
