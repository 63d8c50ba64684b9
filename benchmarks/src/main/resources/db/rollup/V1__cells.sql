SELECT log.install_runner('rollup');

CREATE TABLE rollup.cell (
    partition     int         NOT NULL,
    organization  text        NOT NULL,
    hour          timestamptz NOT NULL,
    model         text        NOT NULL,
    project       text        NOT NULL,
    calls         bigint      NOT NULL,
    input_tokens  bigint      NOT NULL,
    output_tokens bigint      NOT NULL,
    cost          numeric(38, 18) NOT NULL,
    PRIMARY KEY (partition, organization, hour, model, project)
) WITH (fillfactor = 70);
SELECT kit.secure_view('rollup', 'cell');
