-- Each citizen's last ended course of treatment for drugs in a year. A death is not an end of treatment: neither one
-- registered as how the course ended, nor one on or before its last day.
WITH ended AS (
  SELECT
    treatment_courses.person,
    treatment_courses.to_day AS ended_on,
    coalesce(treatment_courses.end_status, 'other') AS end_status
  FROM treatment_courses
  LEFT JOIN persons ON persons.person = treatment_courses.person
  WHERE
    treatment_courses.kind = 'drug'
    AND treatment_courses.to_day IS NOT NULL
    AND coalesce(treatment_courses.end_status, 'other') <> 'deceased'
    AND (persons.death_date IS NULL OR persons.death_date > treatment_courses.to_day)
),
placed AS (
  SELECT
    ended.person,
    ended.ended_on,
    ended.end_status,
    row_number() OVER (
      PARTITION BY ended.person, extract(year FROM ended.ended_on)
      ORDER BY ended.ended_on DESC
    ) AS place
  FROM ended
)
SELECT placed.person, placed.ended_on, placed.end_status
FROM placed
WHERE placed.place = 1
