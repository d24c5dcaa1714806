-- Courses of treatment, one kind at a time, merged where at most 10 days lie between the end of one and the start of
-- the next. A merged course ends as the last of its parts ends; it is open while any part is.
-- Anonymous treatment cannot be followed and is left out.
WITH courses AS (
  SELECT
    treatments.person,
    treatments.kind,
    treatments.course_id,
    treatments.from_day,
    coalesce(treatments.to_day, DATE '9999-12-31') AS to_day,
    treatments.end_status
  FROM treatments
  WHERE treatments.person IS NOT NULL
),
looking_back AS (
  SELECT
    courses.person,
    courses.kind,
    courses.course_id,
    courses.from_day,
    courses.to_day,
    courses.end_status,
    max(courses.to_day) OVER (
      PARTITION BY courses.person, courses.kind
      ORDER BY courses.from_day, courses.to_day, courses.course_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS last_before
  FROM courses
),
numbered AS (
  SELECT
    looking_back.person,
    looking_back.kind,
    looking_back.course_id,
    looking_back.from_day,
    looking_back.to_day,
    looking_back.end_status,
    sum(
      CASE
        WHEN looking_back.last_before IS NULL THEN 1
        WHEN date_diff('day', looking_back.last_before, looking_back.from_day) > 10 THEN 1
        ELSE 0
      END
    ) OVER (
      PARTITION BY looking_back.person, looking_back.kind
      ORDER BY looking_back.from_day, looking_back.to_day, looking_back.course_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS course
  FROM looking_back
),
placed AS (
  SELECT
    numbered.person,
    numbered.kind,
    numbered.to_day,
    numbered.end_status,
    min(numbered.from_day) OVER (PARTITION BY numbered.person, numbered.kind, numbered.course) AS first_day,
    row_number() OVER (
      PARTITION BY numbered.person, numbered.kind, numbered.course
      ORDER BY numbered.to_day DESC, numbered.from_day DESC, numbered.course_id DESC
    ) AS place
  FROM numbered
)
SELECT
  placed.person,
  placed.kind,
  placed.first_day AS from_day,
  nullif(placed.to_day, DATE '9999-12-31') AS to_day,
  placed.end_status
FROM placed
WHERE placed.place = 1
