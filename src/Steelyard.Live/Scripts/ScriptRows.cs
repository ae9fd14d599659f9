using System.Globalization;

namespace Steelyard.Live.Scripts;

/// <summary>Rows of the table that a script was told, by their number.</summary>
internal sealed record ScriptRows(IReadOnlyList<(long Id, long Value)> All)
{
    /// <summary>The value of a row; null where it is not among them.</summary>
    public long? this[long id] =>
        All.Where(row => row.Id == id).Select(row => (long?)row.Value).FirstOrDefault();

    /// <summary>What a server has answered.</summary>
    public static ScriptRows Of(IReadOnlyList<object[]> answer) =>
        new([.. answer.Select(row => (Number(row[0]), Number(row[1])))]);

    /// <summary>Whether they are just these.</summary>
    public bool Are(params IReadOnlyList<(long Id, long Value)> rows) => All.SequenceEqual(rows);

    /// <inheritdoc/>
    public override string ToString() => All.Count == 0
        ? "nothing"
        : string.Join(", ", All.Select(row => FormattableString.Invariant($"{row.Id} = {row.Value}")));

    static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
