-- Everybody who lives here and gets help of some kind on the last day of the year, once.
SELECT special_needs_spells.person, calendar_years.period, 1 AS numerator
FROM special_needs_spells
JOIN calendar_years
  ON special_needs_spells.from_day <= calendar_years.last_day
  AND (special_needs_spells.to_day IS NULL OR special_needs_spells.to_day >= calendar_years.last_day)
JOIN residence
  ON residence.person = special_needs_spells.person
  AND residence.from_day <= calendar_years.last_day
  AND (residence.to_day IS NULL OR residence.to_day >= calendar_years.last_day)
GROUP BY special_needs_spells.person, calendar_years.period
