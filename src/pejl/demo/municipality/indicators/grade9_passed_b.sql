-- Everybody who leaves 9th grade; tests not taken count as not passed.
SELECT youth_grade9.person, youth_grade9.period, youth_grade9.passed AS numerator, 1 AS denominator
FROM youth_grade9
