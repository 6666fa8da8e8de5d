using FluentMigrator;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Keeps the answers to requests that members may repeat.</summary>
[Migration(12, "IdempotencyKeys")]
internal sealed class V0012_IdempotencyKeys : SchemaMigration
{
    public override void Up()
    {
        LimitLockWaits();
        Create.Table("idempotency_keys")
            .WithColumn("user_id").AsString().PrimaryKey("idempotency_keys_pkey")
            .WithColumn("key").AsString().PrimaryKey("idempotency_keys_pkey")
            .WithColumn("fingerprint").AsBinary()
            .WithColumn("answer").AsCustom("jsonb")
            .WithColumn("created_at").AsDateTimeOffset().WithDefaultValue(RawSql.Insert("clock_timestamp()"))
            .WithColumn("expires_at").AsDateTimeOffset().Indexed("idempotency_keys_expires_at_idx");
        Create.Index("idempotency_keys_user_id_created_at_idx").OnTable("idempotency_keys")
            .OnColumn("user_id").Ascending().OnColumn("created_at").Descending();
        Execute.Sql(
            $"""
            ALTER TABLE idempotency_keys
                ADD CHECK (char_length(user_id) BETWEEN 1 AND 255),
                ADD CHECK (char_length(key) BETWEEN 1 AND 255),
                ADD CHECK (octet_length(fingerprint) = 32);
            COMMENT ON TABLE idempotency_keys IS 'Answers to requests with an Idempotency-Key, for repetitions of these requests.';
            COMMENT ON COLUMN idempotency_keys.fingerprint IS 'The SHA-256 of the request. A repetition has the same.';
            ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
            CREATE POLICY keys_of_the_member ON idempotency_keys USING (user_id = current_setting('app.current_user_id', true));
            CREATE POLICY expired_keys_to_find ON idempotency_keys FOR SELECT USING (expires_at <= now());
            CREATE POLICY expired_keys_to_delete ON idempotency_keys FOR DELETE USING (expires_at <= now());
            GRANT SELECT, DELETE, INSERT (user_id, key, fingerprint, answer, expires_at) ON idempotency_keys TO {Roles.App};
            """);
        SetOldestCompatible(4);
    }

    public override void Down()
    {
        LimitLockWaits();
        SetOldestCompatible(4);
        Delete.Table("idempotency_keys");
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("keeps the answers to requests that may be repeated"));

    public override Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("forgets the answers to requests, so a request that is repeated is carried out again"));
}
