SELECT kit.install_idempotency('demo');
SELECT log.install_runner('demo');

CREATE TABLE demo.greeting (
    partition    int    NOT NULL,
    organization text   NOT NULL,
    id           text   NOT NULL,
    text         text   NOT NULL,
    revision     bigint NOT NULL,
    PRIMARY KEY (partition, organization, id)
);
SELECT kit.secure_view('demo', 'greeting');
