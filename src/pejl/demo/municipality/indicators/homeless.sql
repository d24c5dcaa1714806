-- Everybody registered in homelessness on some day of week 6, once, by the registration that began last.
-- Each registration without a number is one person.
WITH weeks AS (
  SELECT calendar_days.iso_year, min(calendar_days.day) AS first_day, max(calendar_days.day) AS last_day
  FROM calendar_days
  WHERE calendar_days.iso_week = 6
  GROUP BY calendar_days.iso_year
),
registered AS (
  SELECT
    homelessness.registration_id,
    homelessness.person,
    homelessness.situation,
    greatest(homelessness.from_day, weeks.first_day) AS event_date,
    row_number() OVER (
      PARTITION BY homelessness.person, weeks.iso_year
      ORDER BY homelessness.from_day DESC, homelessness.registration_id DESC
    ) AS place
  FROM homelessness
  JOIN weeks
    ON homelessness.from_day <= weeks.last_day
    AND (homelessness.to_day IS NULL OR homelessness.to_day >= weeks.first_day)
)
SELECT registered.registration_id, registered.person, registered.event_date, registered.situation, 1 AS numerator
FROM registered
WHERE registered.person IS NULL OR registered.place = 1
