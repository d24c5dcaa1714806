-- Spells in which somebody shows a sign of social vulnerability, from the municipality's own registers.
-- Support given because of a disability is no such sign, nor is a lasting home under § 108: a disability does not
-- in itself make anybody socially vulnerable. People without a number cannot be followed and are left out.
SELECT homelessness.person, homelessness.from_day, homelessness.to_day, 'homelessness' AS sign
FROM homelessness
WHERE homelessness.person IS NOT NULL
UNION ALL
SELECT stays.person, stays.from_day, stays.to_day, 'shelter' AS sign
FROM stays
WHERE stays.section IN ('109', '110')
UNION ALL
SELECT stays.person, stays.from_day, stays.to_day, 'residence' AS sign
FROM stays
WHERE stays.section = '107'
UNION ALL
SELECT treatments.person, treatments.from_day, treatments.to_day, 'treatment' AS sign
FROM treatments
WHERE treatments.person IS NOT NULL
UNION ALL
SELECT
  support.person,
  support.from_day,
  support.to_day,
  CASE WHEN support.hours_per_week >= 10 THEN 'much_support' ELSE 'some_support' END AS sign
FROM support
WHERE support.target_group <> 'disability'
