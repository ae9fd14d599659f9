using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Steelyard.Services.Databases;

/// <summary>A statement with its parameters.</summary>
internal sealed class WorldDbCommand : DbCommand
{
    readonly WorldDbParameters _parameters = [];

    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText { get; set; } = "";

    /// <summary>How long an answer may take, in seconds by the host's own clock; 0 is without
    /// end.</summary>
    public override int CommandTimeout { get; set; } = (int)WorldDbConnection.Patience.TotalSeconds;

    /// <inheritdoc/>
    public override CommandType CommandType { get; set; } = CommandType.Text;

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection { get; set; }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => _parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction { get; set; }

    /// <inheritdoc/>
    public override void Cancel()
    {
    }

    /// <inheritdoc/>
    public override void Prepare()
    {
    }

    /// <inheritdoc/>
    public override int ExecuteNonQuery() =>
        throw WorldDb.Blocking("ExecuteNonQuery", "ExecuteNonQueryAsync");

    /// <inheritdoc/>
    public override object? ExecuteScalar() => throw WorldDb.Blocking("ExecuteScalar", "ExecuteScalarAsync");

    /// <inheritdoc/>
    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        (await Ask(cancellationToken).ConfigureAwait(false)).Affected;

    /// <inheritdoc/>
    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        var answer = await Ask(cancellationToken).ConfigureAwait(false);
        return answer.Rows.Count == 0 ? null : answer.Rows[0][0] ?? DBNull.Value;
    }

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        throw WorldDb.Blocking("ExecuteReader", "ExecuteReaderAsync");

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
        CommandBehavior behavior, CancellationToken cancellationToken) =>
        new WorldDbDataReader(await Ask(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new WorldDbParameter();

    Task<DatabaseAnswer> Ask(CancellationToken cancellation)
    {
        var connection = DbConnection as WorldDbConnection
            ?? throw new InvalidOperationException("the command has no connection");
        return connection.Ask(
            new(DatabaseRequestKind.Execute, CommandText, _parameters.ByName()),
            TimeSpan.FromSeconds(CommandTimeout), cancellation);
    }
}
