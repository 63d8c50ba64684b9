package dev.centime.ingest.exports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** The columns of an export as a Parquet schema, and rows in it. Every column may be without a value. */
final class ParquetRows<T> extends WriteSupport<T> {
    private static final int PRECISION = 38;
    private static final int SCALE = 18;
    private static final int DECIMAL_BYTES = 16;
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private final String name;
    private final List<Column<T>> columns;
    private @Nullable RecordConsumer into;

    ParquetRows(String name, List<Column<T>> columns) {
        this.name = name;
        this.columns = columns;
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(
                new MessageType(name, columns.stream().map(ParquetRows::type).toList()), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        into = consumer;
    }

    @Override
    public void write(T row) {
        var consumer = Objects.requireNonNull(into);
        consumer.startMessage();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var value = column.value().apply(row);
            if (value != null) {
                consumer.startField(column.name(), i);
                write(consumer, column.kind(), value);
                consumer.endField(column.name(), i);
            }
        }
        consumer.endMessage();
    }

    private static void write(RecordConsumer into, Column.Kind kind, Object value) {
        switch (kind) {
            case TEXT -> into.addBinary(Binary.fromString(value.toString()));
            case WHOLE -> into.addLong((Long) value);
            case MONEY, DOLLARS -> into.addBinary(decimal(((Money) value).amount()));
            case NUMBER -> into.addBinary(decimal((BigDecimal) value));
            case INSTANT -> into.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
            case DATE -> into.addInteger(Math.toIntExact(((LocalDate) value).toEpochDay()));
            case FLAG -> into.addBoolean((Boolean) value);
            case MAP -> into.addBinary(Binary.fromString(json(value)));
        }
    }

    private static Type type(Column<?> column) {
        return switch (column.kind()) {
            case TEXT -> annotated(column, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
            case MAP -> annotated(column, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.jsonType());
            case DATE -> annotated(column, PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());
            case INSTANT ->
                annotated(column, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
            case WHOLE -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
            case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
            case MONEY, DOLLARS, NUMBER ->
                Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(DECIMAL_BYTES)
                        .as(LogicalTypeAnnotation.decimalType(SCALE, PRECISION))
                        .named(column.name());
        };
    }

    private static Type annotated(Column<?> column, PrimitiveTypeName stored, LogicalTypeAnnotation meant) {
        return Types.optional(stored).as(meant).named(column.name());
    }

    /** Two's complement, the highest byte first. @throws ArithmeticException for more digits than the column has */
    private static Binary decimal(BigDecimal amount) {
        var digits = amount.setScale(SCALE).unscaledValue();
        if (digits.bitLength() >= DECIMAL_BYTES * Byte.SIZE) {
            throw new ArithmeticException("an amount of more than " + PRECISION + " digits");
        }
        var least = digits.toByteArray();
        var bytes = new byte[DECIMAL_BYTES];
        if (digits.signum() < 0) {
            Arrays.fill(bytes, (byte) -1);
        }
        System.arraycopy(least, 0, bytes, DECIMAL_BYTES - least.length, least.length);
        return Binary.fromConstantByteArray(bytes);
    }

    private static String json(Object map) {
        try {
            return MAPPER.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
