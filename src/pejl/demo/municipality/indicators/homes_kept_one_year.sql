-- The citizens who were assigned a home the year before, one year after their first assignment in that year. Who has
-- died or moved away by then is left out: nobody knows whether the home would have been kept. Where citizens stand is
-- read the day before the assignment, so that it does not depend on how it went.
WITH assigned AS (
  SELECT housing_assignments.person, min(housing_assignments.assigned_on) AS assigned_on
  FROM housing_assignments
  GROUP BY housing_assignments.person, extract(year FROM housing_assignments.assigned_on)
),
followed AS (
  SELECT
    assigned.person,
    assigned.assigned_on,
    year_after.day,
    year_after.year,
    year_after.month_first,
    year_after.month_last
  FROM assigned
  JOIN calendar_days AS assignment ON assignment.day = assigned.assigned_on
  JOIN calendar_days AS year_after ON year_after.day = assignment.year_later
)
SELECT
  followed.person,
  calendar_years.period,
  followed.assigned_on - 1 AS event_date,
  CASE
    WHEN
      residence.address_type = 'ordinary'
      AND NOT EXISTS (
        SELECT 1 FROM stays
        WHERE
          stays.person = followed.person
          AND stays.section IN ('107', '110')
          AND stays.from_day <= followed.month_last
          AND (stays.to_day IS NULL OR stays.to_day >= followed.month_first)
      )
      AND NOT EXISTS (
        SELECT 1 FROM homelessness
        WHERE
          homelessness.person = followed.person
          AND homelessness.from_day <= followed.day
          AND (homelessness.to_day IS NULL OR homelessness.to_day >= followed.day)
      )
      THEN 1
    ELSE 0
  END AS numerator,
  1 AS denominator
FROM followed
JOIN calendar_years ON calendar_years.year = followed.year
JOIN persons ON persons.person = followed.person
JOIN residence
  ON residence.person = followed.person
  AND residence.from_day <= followed.day
  AND (residence.to_day IS NULL OR residence.to_day >= followed.day)
WHERE persons.death_date IS NULL OR persons.death_date > followed.day
