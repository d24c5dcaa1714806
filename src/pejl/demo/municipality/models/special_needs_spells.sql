-- When each citizen gets help of a kind that makes a special need: support, a stay, treatment, or homelessness.
-- Spells may overlap. People without a number cannot be followed and are left out.
SELECT support.person, support.from_day, support.to_day
FROM support
UNION ALL
SELECT stays.person, stays.from_day, stays.to_day
FROM stays
UNION ALL
SELECT treatments.person, treatments.from_day, treatments.to_day
FROM treatments
WHERE treatments.person IS NOT NULL
UNION ALL
SELECT homelessness.person, homelessness.from_day, homelessness.to_day
FROM homelessness
WHERE homelessness.person IS NOT NULL
