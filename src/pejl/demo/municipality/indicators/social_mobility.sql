-- Everybody who lives here at either end of the transition, once.
SELECT mobility_pairs.person, mobility_pairs.period, mobility_pairs.level_from, mobility_pairs.level_to, 1 AS numerator
FROM mobility_pairs
