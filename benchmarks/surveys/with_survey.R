# The same estimates with R survey; prints seconds and numbers as JSON.
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
column <- function(name) {
  path <- file.path(folder, paste0(name, ".f8"))
  readBin(path, "double", n = file.size(path) / 8, size = 8, endian = "little")
}
rows <- data.frame(
  y = column("y"), w = column("w"),
  psu = as.integer(column("psu")), stratum = as.integer(column("stratum")),
  domain = factor(as.integer(column("domain")))
)
start <- proc.time()[["elapsed"]]
design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = rows)
overall <- svymean(~y, design)
middle <- proc.time()[["elapsed"]]
domains <- svyby(~y, ~domain, design, svymean, covmat = TRUE)
end <- proc.time()[["elapsed"]]
numbers <- function(values) paste0("[", paste(sprintf("%.17g", values), collapse = ", "), "]")
cat(sprintf(
  '{"all": %.6f, "domains": %.6f, "values": %s, "errors": %s, "covariance": %.17g}\n',
  middle - start, end - middle,
  numbers(c(coef(overall), coef(domains))), numbers(c(SE(overall), SE(domains))), vcov(domains)[1, 2]
))
