-- Months from becoming vulnerable to leaving it, at most 24, counted in the year in which the 24 months are over.
-- Left is who has no sign for a whole month, that month too within the 24. Who has died or moved away before that is
-- known (the month after the last day, else the end of the 24 months) is left out.
WITH followed AS (
  SELECT
    mobility_episodes.person,
    mobility_episodes.first_day,
    mobility_episodes.last_day,
    second_year.year_later AS over_on,
    calendar_months_later.later AS known_on
  FROM mobility_episodes
  JOIN calendar_days AS first_year ON first_year.day = mobility_episodes.first_day
  JOIN calendar_days AS second_year ON second_year.day = first_year.year_later
  LEFT JOIN calendar_months_later
    ON calendar_months_later.day = mobility_episodes.last_day AND calendar_months_later.months = 1
),
answered AS (
  SELECT
    followed.person,
    followed.first_day,
    followed.over_on,
    CASE WHEN followed.known_on <= followed.over_on THEN followed.known_on ELSE followed.over_on END AS answer_on,
    CASE
      WHEN followed.known_on <= followed.over_on
        THEN CAST(date_diff('day', followed.first_day, followed.last_day) + 1 AS DOUBLE) * 12.0 / 365.25
      ELSE 24.0
    END AS months
  FROM followed
)
SELECT
  answered.person,
  calendar_years.period,
  answered.first_day AS event_date,
  answered.months AS numerator,
  1 AS denominator
FROM answered
JOIN calendar_years ON answered.over_on BETWEEN calendar_years.first_day AND calendar_years.last_day
JOIN residence
  ON residence.person = answered.person
  AND residence.from_day <= answered.answer_on
  AND (residence.to_day IS NULL OR residence.to_day >= answered.answer_on)
