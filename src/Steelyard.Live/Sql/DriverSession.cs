using System.Data;
using System.Data.Common;

namespace Steelyard.Live.Sql;

/// <summary>A session over a connection of ADO.NET.</summary>
internal sealed class DriverSession(DbConnection connection) : SqlSession
{
    /// <inheritdoc/>
    public override bool IsOpen => connection.State == ConnectionState.Open;

    /// <inheritdoc/>
    public override async Task<int> Do(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] given)
    {
        await using var command = Command(sql, given);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<object[]>> Ask(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] given)
    {
        await using var command = Command(sql, given);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<object[]>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <inheritdoc/>
    protected override Task Connect(CancellationToken cancellation) => connection.OpenAsync(cancellation);

    DbCommand Command(string sql, (string Name, object Value)[] given)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in given)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
