-- Citizens with special needs aged 18-64 on the last day of the year: in work or education in the fourth quarter?
WITH needing AS (
  SELECT DISTINCT special_needs_spells.person, calendar_years.period, calendar_years.year
  FROM special_needs_spells
  JOIN calendar_years
    ON special_needs_spells.from_day <= calendar_years.last_day
    AND (special_needs_spells.to_day IS NULL OR special_needs_spells.to_day >= calendar_years.last_day)
)
SELECT
  needing.person,
  needing.period,
  CASE WHEN labour.status IN ('employed', 'education') THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM needing
JOIN calendar_quarters ON calendar_quarters.year = needing.year AND calendar_quarters.quarter = 4
JOIN labour ON labour.person = needing.person AND labour.quarter_first = calendar_quarters.first_day
JOIN persons
  ON persons.person = needing.person
  AND needing.year - extract(year FROM persons.birth_date) BETWEEN 18 AND 64
JOIN residence
  ON residence.person = needing.person
  AND residence.from_day <= calendar_quarters.last_day
  AND (residence.to_day IS NULL OR residence.to_day >= calendar_quarters.last_day)
