using System.Data.Common;

namespace Steelyard.Services.Designs.Parts;

/// <summary>Short words for ADO.NET.</summary>
internal static class Sql
{
    /// <summary>Runs a statement.</summary>
    /// <returns>The number of rows it changed.</returns>
    public static async Task<int> Execute(
        this DbConnection connection, string sql, CancellationToken cancellation,
        params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The first place of the first row; null where there is no row.</summary>
    public static async Task<object?> Scalar(
        this DbConnection connection, string sql, CancellationToken cancellation,
        params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>All rows.</summary>
    public static async Task<List<T>> Rows<T>(
        this DbConnection connection, string sql, Func<DbDataReader, T> read, CancellationToken cancellation,
        params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }

    static DbCommand Command(
        this DbConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
