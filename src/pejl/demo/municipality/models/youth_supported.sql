-- Young people who got support under the rules for children and young people on at least one day when they were 15-17.
WITH aged AS (
  SELECT
    support.person,
    support.to_day,
    extract(year FROM support.from_day) - extract(year FROM persons.birth_date)
      - CASE
          WHEN
            extract(month FROM support.from_day) * 100 + extract(day FROM support.from_day)
            < extract(month FROM persons.birth_date) * 100 + extract(day FROM persons.birth_date)
            THEN 1
          ELSE 0
        END AS age_from,
    extract(year FROM support.to_day) - extract(year FROM persons.birth_date)
      - CASE
          WHEN
            extract(month FROM support.to_day) * 100 + extract(day FROM support.to_day)
            < extract(month FROM persons.birth_date) * 100 + extract(day FROM persons.birth_date)
            THEN 1
          ELSE 0
        END AS age_to
  FROM support
  JOIN persons ON persons.person = support.person
  WHERE support.target_group = 'children_young'
)
SELECT DISTINCT aged.person
FROM aged
WHERE aged.age_from < 18 AND (aged.to_day IS NULL OR aged.age_to >= 15)
