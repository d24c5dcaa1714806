-- Supported young people who are 18-21 and live here on the last day of the year: in, or through, a youth education?
SELECT
  persons.person,
  calendar_years.period,
  max(CASE WHEN youth_education.person IS NULL THEN 0 ELSE 1 END) AS numerator,
  1 AS denominator
FROM youth_supported
JOIN persons ON persons.person = youth_supported.person
JOIN calendar_years ON calendar_years.year - extract(year FROM persons.birth_date) BETWEEN 18 AND 21
JOIN residence
  ON residence.person = persons.person
  AND residence.from_day <= calendar_years.last_day
  AND (residence.to_day IS NULL OR residence.to_day >= calendar_years.last_day)
LEFT JOIN youth_education
  ON youth_education.person = persons.person
  AND youth_education.from_day <= calendar_years.last_day
  AND (
    youth_education.to_day IS NULL
    OR youth_education.to_day >= calendar_years.last_day
    OR youth_education.outcome = 'completed'
  )
GROUP BY persons.person, calendar_years.period
