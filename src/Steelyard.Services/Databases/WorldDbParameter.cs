using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Steelyard.Services.Databases;

/// <summary>A parameter of a statement.</summary>
internal sealed class WorldDbParameter : DbParameter
{
    /// <inheritdoc/>
    public override DbType DbType { get; set; } = DbType.Object;

    /// <inheritdoc/>
    public override ParameterDirection Direction { get; set; } = ParameterDirection.Input;

    /// <inheritdoc/>
    public override bool IsNullable { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string ParameterName { get; set; } = "";

    /// <inheritdoc/>
    public override int Size { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    /// <inheritdoc/>
    public override bool SourceColumnNullMapping { get; set; }

    /// <inheritdoc/>
    public override object? Value { get; set; }

    /// <inheritdoc/>
    public override void ResetDbType() => DbType = DbType.Object;
}

/// <summary>The parameters of a statement.</summary>
internal sealed class WorldDbParameters : DbParameterCollection
{
    readonly List<WorldDbParameter> _all = [];

    /// <inheritdoc/>
    public override int Count => _all.Count;

    /// <inheritdoc/>
    public override object SyncRoot => _all;

    /// <summary>Names and values, as they travel.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> ByName() =>
        [.. _all.Select(one => new KeyValuePair<string, object?>(one.ParameterName, one.Value))];

    /// <inheritdoc/>
    public override int Add(object value)
    {
        _all.Add((WorldDbParameter)value);
        return _all.Count - 1;
    }

    /// <inheritdoc/>
    public override void AddRange(Array values)
    {
        foreach (var value in values)
            Add(value);
    }

    /// <inheritdoc/>
    public override void Clear() => _all.Clear();

    /// <inheritdoc/>
    public override bool Contains(object value) => _all.Contains((WorldDbParameter)value);

    /// <inheritdoc/>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override void CopyTo(Array array, int index) => ((ICollection)_all).CopyTo(array, index);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => _all.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(object value) => _all.IndexOf((WorldDbParameter)value);

    /// <inheritdoc/>
    public override int IndexOf(string parameterName) =>
        _all.FindIndex(one => one.ParameterName == parameterName);

    /// <inheritdoc/>
    public override void Insert(int index, object value) => _all.Insert(index, (WorldDbParameter)value);

    /// <inheritdoc/>
    public override void Remove(object value) => _all.Remove((WorldDbParameter)value);

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _all.RemoveAt(index);

    /// <inheritdoc/>
    public override void RemoveAt(string parameterName) => _all.RemoveAt(IndexOf(parameterName));

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => _all[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => _all[IndexOf(parameterName)];

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value) =>
        _all[index] = (WorldDbParameter)value;

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) =>
        _all[IndexOf(parameterName)] = (WorldDbParameter)value;
}
