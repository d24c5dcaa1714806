-- Who can be asked in the survey of citizens: adults with special needs who live in the municipality on the frame's day.
-- Whoever is in several target groups is drawn in the first of them below, so that everybody is in one stratum.
WITH days AS (
  SELECT calendar_days.day AS frame_day, calendar_days.year, calendar_days.month, calendar_days.day_of_month
  FROM calendar_days
  WHERE calendar_days.month = 9 AND calendar_days.day_of_month = 1 AND calendar_days.year IN (2020, 2025)
),
in_need AS (
  SELECT DISTINCT special_needs_spells.person, days.frame_day, days.year, days.month, days.day_of_month
  FROM special_needs_spells
  JOIN days
    ON special_needs_spells.from_day <= days.frame_day
    AND (special_needs_spells.to_day IS NULL OR special_needs_spells.to_day >= days.frame_day)
),
in_groups AS (
  SELECT
    target_group_spells.person,
    days.frame_day,
    min(
      CASE target_group_spells.target_group
        WHEN 'mental_illness' THEN 1
        WHEN 'disability' THEN 2
        WHEN 'vulnerable_adults' THEN 3
        ELSE 4
      END
    ) AS first_group
  FROM target_group_spells
  JOIN days
    ON target_group_spells.from_day <= days.frame_day
    AND (target_group_spells.to_day IS NULL OR target_group_spells.to_day >= days.frame_day)
  GROUP BY target_group_spells.person, days.frame_day
),
aged AS (
  SELECT
    in_need.person,
    in_need.frame_day,
    persons.sex,
    in_need.year - extract(YEAR FROM persons.birth_date)
    - CASE
      WHEN
        extract(MONTH FROM persons.birth_date) > in_need.month
        OR (
          extract(MONTH FROM persons.birth_date) = in_need.month
          AND extract(DAY FROM persons.birth_date) > in_need.day_of_month
        )
        THEN 1
      ELSE 0
    END AS age
  FROM in_need
  JOIN persons ON persons.person = in_need.person
)
SELECT
  aged.person,
  aged.frame_day,
  aged.age,
  CASE
    WHEN aged.age < 18 THEN '0_17'
    WHEN aged.age < 30 THEN '18_29'
    WHEN aged.age < 45 THEN '30_44'
    WHEN aged.age < 65 THEN '45_64'
    ELSE '65_plus'
  END AS age_group,
  CASE WHEN aged.age < 45 THEN 'younger' ELSE 'older' END AS age_half,
  aged.sex,
  coalesce(residence.district, 'unknown') AS district,
  CASE in_groups.first_group
    WHEN 1 THEN 'mental_illness'
    WHEN 2 THEN 'disability'
    WHEN 3 THEN 'vulnerable_adults'
    ELSE 'children_young'
  END AS target_group
FROM aged
JOIN in_groups ON in_groups.person = aged.person AND in_groups.frame_day = aged.frame_day
JOIN residence
  ON residence.person = aged.person
  AND residence.from_day <= aged.frame_day
  AND (residence.to_day IS NULL OR residence.to_day >= aged.frame_day)
