# Made made_up_three_stage_reference.json with R 4.2.2 and survey 4.1-1 (Debian packages r-base-core and r-cran-survey):
#   Rscript made_up_three_stage.R > made_up_three_stage_reference.json
suppressMessages(library(survey))
d <- read.csv("made_up_three_stage.csv", na.strings = "", colClasses = c(sex = "character"))
d$north <- 1 * (d$part == "north")
nested <- ~interaction(stratum, school) + interaction(stratum, school, class) + interaction(stratum, school, class, pupil)
three <- svydesign(ids = nested, strata = ~stratum, fpc = ~schools + classes + pupils, data = d)
weighted <- svydesign(ids = nested, strata = ~stratum, fpc = ~schools + classes + pupils, weights = ~weight, data = d)
first <- svydesign(ids = ~interaction(stratum, school), strata = ~stratum, weights = ~weight, data = d)
rows <- svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = d)
sexes <- data.frame(sex = c("f", "m"), Freq = c(900, 1100))
parts <- data.frame(part = c("north", "south", "west"), Freq = c(600, 800, 600))
post <- postStratify(rows, ~sex, sexes)
post2 <- postStratify(first, ~sex, sexes)
totals <- c(`(Intercept)` = 2000, sexm = 1100, partsouth = 800, partwest = 600)
raked <- calibrate(first, ~sex + part, totals, calfun = "raking", epsilon = 1e-12, maxit = 500)
lone <- d
lone$stratum[lone$stratum == "b" & lone$school == 1] <- "l"
alone <- svydesign(ids = ~interaction(stratum, school), strata = ~stratum, weights = ~weight, data = lone)
out <- character()
say <- function(id, x, names = "all") {
  out <<- c(out, sprintf('{"id": "%s", "names": [%s], "est": [%s], "se": [%s]}', id,
    paste0('"', names, '"', collapse = ", "),
    paste(sprintf("%.15g", as.vector(coef(x))), collapse = ", "),
    paste(sprintf("%.15g", as.vector(SE(x))), collapse = ", ")))
}
battery <- function(id, s) {
  say(paste0(id, ":mean"), svymean(~y, s, na.rm = TRUE))
  say(paste0(id, ":total"), svytotal(~y, s, na.rm = TRUE))
  say(paste0(id, ":ratio"), svyratio(~y, ~z, s, na.rm = TRUE))
  say(paste0(id, ":share"), svymean(~I(1 * (answer == "yes")), s, na.rm = TRUE))
  say(paste0(id, ":by_part"), svyby(~z, ~part, s, svymean), c("north", "south", "west"))
  b <- svyby(~z, ~sex, s, svymean, covmat = TRUE)
  say(paste0(id, ":difference"), svycontrast(b, c(-1, 1)))
}
battery("three", three)
battery("weighted", weighted)
battery("first", first)
battery("rows", rows)
battery_no_missing <- function(id, s) {
  say(paste0(id, ":mean"), svymean(~z, s))
  say(paste0(id, ":total"), svytotal(~z, s))
  say(paste0(id, ":ratio"), svyratio(~z, ~weight, s))
  say(paste0(id, ":share"), svymean(~north, s))
  say(paste0(id, ":by_sex"), svyby(~z, ~sex, s, svymean), c("f", "m"))
}
battery_no_missing("post", post)
battery_no_missing("post_clusters", post2)
battery_no_missing("raked", raked)
for (rule in c("certainty", "average")) {
  options(survey.lonely.psu = rule)
  say(paste0("lone_", rule, ":mean"), svymean(~z, alone))
  say(paste0("lone_", rule, ":total"), svytotal(~z, alone))
  say(paste0("lone_", rule, ":by_part"), svyby(~z, ~part, alone, svymean), c("north", "south", "west"))
}
cat('{"software": "R 4.2.2, survey 4.1-1",\n"cases": [\n', paste(out, collapse = ",\n"), "\n]}\n", sep = "")
