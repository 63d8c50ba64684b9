SELECT log.install_runner('market');

CREATE TABLE market.sales (
    partition    int    NOT NULL,
    organization text   NOT NULL,
    item         text   NOT NULL,
    sold         bigint NOT NULL,
    cents        bigint NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (partition, organization, item)
) WITH (fillfactor = 70);
SELECT kit.secure_view('market', 'sales');

-- Partitioned by range, as tables of detail rows are.
CREATE TABLE market.receipt (
    partition    int    NOT NULL,
    organization text   NOT NULL,
    log_offset   bigint NOT NULL,
    sold_on      date   NOT NULL,
    cents        bigint NOT NULL,
    PRIMARY KEY (partition, sold_on, log_offset)
) PARTITION BY RANGE (sold_on);
CREATE TABLE market.receipt_2026 PARTITION OF market.receipt FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE market.receipt_rest PARTITION OF market.receipt DEFAULT;
SELECT kit.secure_view('market', 'receipt');

-- Who wrote which page, outside of any rebuild: the witness of the tests.
CREATE TABLE market.page (
    partition    int    NOT NULL,
    first_offset bigint NOT NULL,
    last_offset  bigint NOT NULL,
    writer       text   NOT NULL,
    organization text   NOT NULL DEFAULT '',
    PRIMARY KEY (partition, first_offset, writer)
);
SELECT kit.secure_view('market', 'page');
