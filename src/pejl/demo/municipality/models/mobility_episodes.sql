-- Times of social vulnerability: spells with a sign, joined where no more than 31 days lie between them.
-- last_day is null while it lasts.
WITH spells AS (
  SELECT
    mobility_signs.person,
    mobility_signs.from_day,
    coalesce(mobility_signs.to_day, DATE '9999-12-31') AS to_day
  FROM mobility_signs
),
looking_back AS (
  SELECT
    spells.person,
    spells.from_day,
    spells.to_day,
    max(spells.to_day) OVER (
      PARTITION BY spells.person
      ORDER BY spells.from_day, spells.to_day
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS last_before
  FROM spells
),
numbered AS (
  SELECT
    looking_back.person,
    looking_back.from_day,
    looking_back.to_day,
    sum(
      CASE
        WHEN looking_back.last_before IS NULL THEN 1
        WHEN date_diff('day', looking_back.last_before, looking_back.from_day) > 32 THEN 1
        ELSE 0
      END
    ) OVER (
      PARTITION BY looking_back.person
      ORDER BY looking_back.from_day, looking_back.to_day
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS episode
  FROM looking_back
)
SELECT
  numbered.person,
  min(numbered.from_day) AS first_day,
  nullif(max(numbered.to_day), DATE '9999-12-31') AS last_day
FROM numbered
GROUP BY numbered.person, numbered.episode
