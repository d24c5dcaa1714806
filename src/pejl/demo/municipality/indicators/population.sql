-- Everybody with an address in the municipality on the last day of the year.
SELECT residence.person, calendar_years.period, 1 AS numerator
FROM residence
JOIN calendar_years
  ON residence.from_day <= calendar_years.last_day
  AND (residence.to_day IS NULL OR residence.to_day >= calendar_years.last_day)
