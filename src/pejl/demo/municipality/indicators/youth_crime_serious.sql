-- Young people who lived here and were 10-17 on at least one and the same day of the year; charged on such a day?
WITH lived AS (
  SELECT
    residence.person,
    persons.birth_date,
    calendar_years.period,
    greatest(residence.from_day, calendar_years.first_day) AS from_day,
    least(coalesce(residence.to_day, calendar_years.last_day), calendar_years.last_day) AS to_day
  FROM residence
  JOIN persons ON persons.person = residence.person
  JOIN calendar_years
    ON residence.from_day <= calendar_years.last_day
    AND (residence.to_day IS NULL OR residence.to_day >= calendar_years.first_day)
    AND calendar_years.year - extract(year FROM persons.birth_date) BETWEEN 10 AND 18
),
young AS (
  -- a stay meets the years from 10 to 17 if it begins before the 18th birthday and ends on the 10th or later
  SELECT lived.person, lived.birth_date, lived.period, lived.from_day, lived.to_day
  FROM lived
  WHERE
    extract(year FROM lived.from_day) - extract(year FROM lived.birth_date)
      - CASE
          WHEN
            extract(month FROM lived.from_day) * 100 + extract(day FROM lived.from_day)
            < extract(month FROM lived.birth_date) * 100 + extract(day FROM lived.birth_date)
            THEN 1
          ELSE 0
        END < 18
    AND extract(year FROM lived.to_day) - extract(year FROM lived.birth_date)
      - CASE
          WHEN
            extract(month FROM lived.to_day) * 100 + extract(day FROM lived.to_day)
            < extract(month FROM lived.birth_date) * 100 + extract(day FROM lived.birth_date)
            THEN 1
          ELSE 0
        END >= 10
),
serious AS (
  SELECT
    charges.person,
    charges.charged_on,
    extract(year FROM charges.charged_on) - extract(year FROM persons.birth_date)
      - CASE
          WHEN
            extract(month FROM charges.charged_on) * 100 + extract(day FROM charges.charged_on)
            < extract(month FROM persons.birth_date) * 100 + extract(day FROM persons.birth_date)
            THEN 1
          ELSE 0
        END AS age
  FROM charges
  JOIN persons ON persons.person = charges.person
  WHERE charges.offence IN ('violence', 'robbery', 'serious_other')
)
SELECT
  young.person,
  young.period,
  max(CASE WHEN serious.person IS NULL THEN 0 ELSE 1 END) AS numerator,
  1 AS denominator
FROM young
LEFT JOIN serious
  ON serious.person = young.person
  AND serious.charged_on BETWEEN young.from_day AND young.to_day
  AND serious.age BETWEEN 10 AND 17
GROUP BY young.person, young.period
