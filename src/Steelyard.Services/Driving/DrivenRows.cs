using System.Data.Common;
using System.Globalization;

namespace Steelyard.Services.Driving;

/// <summary>The ids that a database lists of what took effect.</summary>
internal static class DrivenRows
{
    /// <summary>Reads them, as texts.</summary>
    /// <param name="database">The database; it is disposed of.</param>
    /// <param name="sql">Selects them, in the first column.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="DbException">It refused, or could not be reached.</exception>
    public static async Task<List<string>> Read(
        DbDataSource database, string sql, CancellationToken cancellation)
    {
        await using var source = database;
        await using var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var select = connection.CreateCommand();
        select.CommandText = sql;
        await using var rows = await select.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var ids = new List<string>();
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            ids.Add(Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        return ids;
    }
}
