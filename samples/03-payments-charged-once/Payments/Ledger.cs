using System.Data.Common;

namespace Payments;

/// <summary>Charges, each under the key it was asked for with: no two have the same.</summary>
public sealed class Ledger(DbDataSource database)
{
    const string Schema =
        "CREATE TABLE IF NOT EXISTS charges (idempotency_key TEXT UNIQUE, reference TEXT, cents INTEGER)";

    /// <summary>Charges a payment, unless it was charged under its key before; without a key,
    /// always.</summary>
    public async Task Charge(string? key, Payment payment, CancellationToken cancellation)
    {
        await using var connection = await Open(cancellation);
        await using var charge = connection.CreateCommand();
        charge.CommandText = "INSERT INTO charges VALUES (@key, @reference, @cents)"
            + " ON CONFLICT (idempotency_key) DO NOTHING";
        Add(charge, "key", key);
        Add(charge, "reference", payment.Reference);
        Add(charge, "cents", payment.Cents);
        await charge.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The references of all charges, with repeats.</summary>
    public async Task<List<string>> References(CancellationToken cancellation)
    {
        await using var connection = await Open(cancellation);
        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT reference FROM charges";
        await using var rows = await read.ExecuteReaderAsync(cancellation);
        var references = new List<string>();
        while (await rows.ReadAsync(cancellation))
            references.Add(rows.GetString(0));
        return references;
    }

    async Task<DbConnection> Open(CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        await using var create = connection.CreateCommand();
        create.CommandText = Schema;
        await create.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
