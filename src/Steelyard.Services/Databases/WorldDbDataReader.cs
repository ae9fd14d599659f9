using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace Steelyard.Services.Databases;

/// <summary>The rows of an answer, which came whole.</summary>
internal sealed class WorldDbDataReader(DatabaseAnswer answer) : DbDataReader
{
    int _row = -1;
    bool _isClosed;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override int FieldCount => answer.Columns.Count;

    /// <inheritdoc/>
    public override bool HasRows => answer.Rows.Count > 0;

    /// <inheritdoc/>
    public override bool IsClosed => _isClosed;

    /// <inheritdoc/>
    public override int RecordsAffected => answer.Affected;

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override bool Read() => ++_row < answer.Rows.Count;

    /// <inheritdoc/>
    public override bool NextResult() => false;

    /// <inheritdoc/>
    public override void Close() => _isClosed = true;

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => answer.Rows[_row][ordinal] is null;

    /// <inheritdoc/>
    public override object GetValue(int ordinal) => answer.Rows[_row][ordinal] ?? DBNull.Value;

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    /// <inheritdoc/>
    public override string GetName(int ordinal) => answer.Columns[ordinal];

    /// <inheritdoc/>
    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
            if (string.Equals(answer.Columns[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        throw new ArgumentException(
            $"expected one of the columns {string.Join(", ", answer.Columns)}, found {name}");
    }

    /// <inheritdoc/>
    public override Type GetFieldType(int ordinal) =>
        (answer.Rows.Count > 0 ? answer.Rows[Math.Max(_row, 0)][ordinal] : null)?.GetType() ?? typeof(object);

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) =>
        Convert.ToBoolean(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) =>
        Convert.ToByte(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) =>
        Convert.ToInt16(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) =>
        Convert.ToInt32(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) =>
        Convert.ToInt64(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) =>
        Convert.ToSingle(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) =>
        Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) =>
        Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => GetString(ordinal)[0];

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal));

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) =>
        DateTime.Parse(GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <inheritdoc/>
    public override long GetBytes(
        int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy((byte[])GetValue(ordinal), dataOffset, buffer, bufferOffset, length);

    /// <inheritdoc/>
    public override long GetChars(
        int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    static long Copy<T>(T[] from, long offset, T[]? to, int place, int length)
    {
        if (to is null)
            return from.Length;
        var count = (int)Math.Clamp(from.Length - offset, 0, length);
        Array.Copy(from, offset, to, place, count);
        return count;
    }
}
