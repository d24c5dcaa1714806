-- Supported young people six years after 9th grade: who has completed a youth education by the last day?
WITH completed AS (
  SELECT youth_education.person, min(youth_education.to_day) AS first_completed
  FROM youth_education
  WHERE youth_education.outcome = 'completed'
  GROUP BY youth_education.person
),
last_time AS (
  -- who goes through 9th grade twice left it the last time
  SELECT grade9.person, max(grade9.school_year) AS school_year
  FROM grade9
  GROUP BY grade9.person
)
SELECT
  last_time.person,
  calendar_school_years.period,
  leaving.day AS event_date,
  CASE WHEN completed.first_completed <= calendar_school_years.last_day THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM last_time
JOIN calendar_school_years
  ON last_time.school_year
    = CAST(calendar_school_years.end_year - 7 AS VARCHAR) || '/' || CAST(calendar_school_years.end_year - 6 AS VARCHAR)
JOIN calendar_days AS leaving
  ON leaving.year = calendar_school_years.end_year - 6 AND leaving.month = 7 AND leaving.day_of_month = 31
JOIN residence
  ON residence.person = last_time.person
  AND residence.from_day <= leaving.day
  AND (residence.to_day IS NULL OR residence.to_day >= leaving.day)
JOIN youth_supported ON youth_supported.person = last_time.person
JOIN persons
  ON persons.person = last_time.person
  AND (persons.death_date IS NULL OR persons.death_date > calendar_school_years.last_day)
LEFT JOIN completed ON completed.person = last_time.person
