# Everything a person needs to build, try, test and install the appliance.
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
ARGS ?=
SWIFT ?= swift
UNAME := $(shell uname -s)
RELEASE := .build/release/appliance
export APPLIANCE_COMMIT := $(shell git rev-parse --short=9 HEAD 2>/dev/null || echo unknown)

# How the release binary is built, found out when it is.
STATIC = $(shell ./.ci/link-flags "$(SWIFT)" .build/static)

# Libraries the binary is linked with; Debian's names for what pkg-config calls them.
LIBRARIES := sqlite3:libsqlite3-dev libcurl:libcurl4-openssl-dev libarchive:libarchive-dev libxml-2.0:libxml2-dev libzstd:libzstd-dev
# Programs that some tests use; a test whose program is missing is skipped and says so.
TEST_PROGRAMS := sqlite3:sqlite3 zstd:zstd python3:python3 strace:strace openssl:openssl pg_ctlcluster:postgresql-15 hledger:hledger age:age

.PHONY: help
help: ## print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: deps
deps:
	@./.ci/toolchain "$(SWIFT)"
	@./.ci/dependencies $(LIBRARIES)

.PHONY: test-deps
test-deps: deps
	@./.ci/dependencies --programs $(TEST_PROGRAMS)

.PHONY: build
build: deps ## build the release binary
	@test -x $(RELEASE) || echo "A first build takes some minutes; later ones take seconds."
	$(SWIFT) build -c release --product appliance $(STATIC)

.PHONY: run
run: build ## build, bring the record up to date, show status (ARGS="…" for further flags of ingest)
	@./.ci/first-run $(RELEASE) $(ARGS)

.PHONY: test
test: test-deps ## run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

.PHONY: fuzz
fuzz: deps ## feed spoilt bytes to every reader of foreign bytes, a minute each (ARGS="json --seconds 600 --seed 7")
	$(SWIFT) build --product fuzz
	.build/debug/fuzz run --jobs 2 --seconds 60 --seed $$(date +%s) $(ARGS)

.PHONY: torture
torture: build ## kill the release binary hundreds of times, and let its world misbehave (ARGS="--kills 400 --faults 200")
	python3 Tests/torture.py --binary $(RELEASE) --faults 100 --backups 20 $(ARGS)

.PHONY: ten-days
ten-days: build ## follow ten days of a server that plays the world (ARGS="--server-script PATH --every 1")
	python3 Tests/ten_days.py --binary $(RELEASE) $(ARGS)

.PHONY: feed-days
feed-days: build ## follow feeds for months of a made clock, and tell how large the file becomes (ARGS="--bytes 200000")
	python3 Tests/feed_days.py --binary $(RELEASE) $(ARGS)

.PHONY: bench
bench: build ## measure, beside the tools that are installed (ARGS="--big", "--only import")
	$(SWIFT) build -c release --product bench $(STATIC)
	@./.ci/bench $(RELEASE) $(ARGS)

.PHONY: format
format: ## lay out the code
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests seeds

.PHONY: lint
lint: ## say where the layout is off
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests seeds

.PHONY: install
install: build ## put the binary and its manual page into PREFIX (default /usr/local)
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1"
	$(RELEASE) completions man > "$(DESTDIR)$(PREFIX)/share/man/man1/appliance.1"
	install -m 755 $(RELEASE) "$(DESTDIR)$(PREFIX)/bin/appliance"
ifeq ($(UNAME),Linux)
	strip "$(DESTDIR)$(PREFIX)/bin/appliance"
	@echo "It needs these libraries: libsqlite3-0 at its start; libcurl4, libarchive13, libzstd1 and libxml2 once it downloads, packs"
	@echo "and reads pages (and their own needs); and a C library no older than the one here."
endif

.PHONY: uninstall
uninstall: ## remove the binary and its manual page from PREFIX
	rm -f "$(DESTDIR)$(PREFIX)/bin/appliance" "$(DESTDIR)$(PREFIX)/share/man/man1/appliance.1"

.PHONY: clean
clean: ## remove what was built; records and backups stay
	rm -rf .build
