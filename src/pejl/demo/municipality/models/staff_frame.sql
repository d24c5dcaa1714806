-- Who can be asked in the survey of staff: everybody employed on the frame's day, trainees left out, once.
WITH days AS (
  SELECT calendar_days.day AS frame_day, calendar_days.year
  FROM calendar_days
  WHERE calendar_days.month = 10 AND calendar_days.day_of_month = 1 AND calendar_days.year IN (2020, 2025)
),
employed AS (
  SELECT
    employees.person,
    employees.unit,
    days.frame_day,
    days.year,
    row_number() OVER (
      PARTITION BY employees.person, days.frame_day
      ORDER BY employees.from_day DESC, employees.employment_id DESC
    ) AS place
  FROM employees
  JOIN days
    ON employees.from_day <= days.frame_day
    AND (employees.to_day IS NULL OR employees.to_day >= days.frame_day)
  WHERE NOT employees.trainee
)
SELECT
  employed.person,
  employed.frame_day,
  -- the age reached in the year: a day more or less does not matter here
  employed.year - extract(YEAR FROM persons.birth_date) AS age,
  CASE WHEN employed.year - extract(YEAR FROM persons.birth_date) < 45 THEN 'younger' ELSE 'older' END AS age_half,
  persons.sex,
  employed.unit
FROM employed
JOIN persons ON persons.person = employed.person
WHERE employed.place = 1
