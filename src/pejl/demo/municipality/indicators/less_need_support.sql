-- Citizens with support granted both on 1 January and on 31 December and delivered in the first 13 weeks, who live here
-- at the end: is less granted then, was less delivered in the last 13 weeks, and do they live in no service?
WITH granted AS (
  SELECT
    support.person,
    calendar_years.period,
    calendar_years.last_day,
    sum(
      CASE
        WHEN
          support.from_day <= calendar_years.first_day
          AND (support.to_day IS NULL OR support.to_day >= calendar_years.first_day)
          THEN support.hours_per_week
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS hours_first,
    sum(
      CASE
        WHEN support.to_day IS NULL OR support.to_day >= calendar_years.last_day THEN support.hours_per_week
        ELSE CAST(0 AS DOUBLE)
      END
    ) AS hours_last
  FROM support
  JOIN calendar_years
    ON support.from_day <= calendar_years.last_day
    AND (support.to_day IS NULL OR support.to_day >= calendar_years.first_day)
  GROUP BY support.person, calendar_years.period, calendar_years.last_day
),
delivered AS (
  -- any 91 days in a row hold 13 Mondays
  SELECT
    support_delivered.person,
    calendar_years.period,
    sum(
      CASE
        WHEN date_diff('day', calendar_years.first_day, support_delivered.week_first) < 91
          THEN support_delivered.minutes
        ELSE 0
      END
    ) AS minutes_first,
    sum(
      CASE
        WHEN date_diff('day', support_delivered.week_first, calendar_years.last_day) < 91
          THEN support_delivered.minutes
        ELSE 0
      END
    ) AS minutes_last
  FROM support_delivered
  JOIN calendar_years
    ON support_delivered.week_first BETWEEN calendar_years.first_day AND calendar_years.last_day
  GROUP BY support_delivered.person, calendar_years.period
)
SELECT
  granted.person,
  granted.period,
  CASE
    WHEN
      granted.hours_last < granted.hours_first
      AND delivered.minutes_last < delivered.minutes_first
      AND NOT EXISTS (
        SELECT 1 FROM stays
        WHERE
          stays.person = granted.person
          AND stays.from_day <= granted.last_day
          AND (stays.to_day IS NULL OR stays.to_day >= granted.last_day)
      )
      THEN 1
    ELSE 0
  END AS numerator,
  1 AS denominator
FROM granted
JOIN delivered ON delivered.person = granted.person AND delivered.period = granted.period
JOIN residence
  ON residence.person = granted.person
  AND residence.from_day <= granted.last_day
  AND (residence.to_day IS NULL OR residence.to_day >= granted.last_day)
WHERE granted.hours_first > 0 AND granted.hours_last > 0 AND delivered.minutes_first > 0
