-- Pupils in 9th grade who live in the municipality on the last day of the school year, with their age on that day.
SELECT
  grade9.person,
  calendar_school_years.period,
  grade9.special_class,
  calendar_school_years.end_year - extract(year FROM persons.birth_date)
    - CASE
        WHEN extract(month FROM persons.birth_date) * 100 + extract(day FROM persons.birth_date) > 731 THEN 1
        ELSE 0
      END AS age,
  CASE WHEN grade9.all_tests_danish AND grade9.all_tests_maths THEN 1 ELSE 0 END AS all_tests,
  CASE
    WHEN grade9.all_tests_danish AND grade9.all_tests_maths AND grade9.mean_danish >= 2 AND grade9.mean_maths >= 2
      THEN 1
    ELSE 0
  END AS passed
FROM grade9
JOIN calendar_school_years ON calendar_school_years.period = grade9.school_year
JOIN persons ON persons.person = grade9.person
JOIN residence
  ON residence.person = grade9.person
  AND residence.from_day <= calendar_school_years.last_day
  AND (residence.to_day IS NULL OR residence.to_day >= calendar_school_years.last_day)
