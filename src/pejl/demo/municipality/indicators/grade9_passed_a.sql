-- Pupils aged 14-20 outside special classes who took all tests in Danish and mathematics.
SELECT youth_grade9.person, youth_grade9.period, youth_grade9.passed AS numerator, 1 AS denominator
FROM youth_grade9
WHERE NOT youth_grade9.special_class AND youth_grade9.all_tests = 1 AND youth_grade9.age BETWEEN 14 AND 20
