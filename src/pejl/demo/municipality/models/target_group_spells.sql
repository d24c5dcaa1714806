-- When each citizen belongs to which target group. One person may be in several at a time.
-- Support names its group; whoever is homeless, in a crisis centre or shelter or in treatment is a vulnerable adult.
SELECT support.person, support.target_group, support.from_day, support.to_day
FROM support
UNION ALL
SELECT stays.person, 'vulnerable_adults' AS target_group, stays.from_day, stays.to_day
FROM stays
WHERE stays.section IN ('109', '110')
UNION ALL
SELECT homelessness.person, 'vulnerable_adults' AS target_group, homelessness.from_day, homelessness.to_day
FROM homelessness
WHERE homelessness.person IS NOT NULL
UNION ALL
SELECT treatments.person, 'vulnerable_adults' AS target_group, treatments.from_day, treatments.to_day
FROM treatments
WHERE treatments.person IS NOT NULL
