using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Storage;

namespace Steelyard.Services.Stores;

/// <summary>What one commit wrote: one entry of the log.</summary>
/// <param name="writes">By key, in order; null deletes.</param>
internal sealed class StoreWrites(IReadOnlyList<KeyValuePair<string, string?>> writes) : LogCommand
{
    /// <summary>By key, in order; null deletes.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> All { get; } = writes;

    /// <inheritdoc/>
    public override int SizeBytes { get; } =
        writes.Sum(write => 8 + write.Key.Length + (write.Value?.Length ?? 0));

    /// <summary>Adds it to a record.</summary>
    public void Write(RecordWriter record)
    {
        record.Add(All.Count);
        foreach (var (key, value) in All)
        {
            record.Add(key).Add(value is null ? 0 : 1);
            if (value is not null)
                record.Add(value);
        }
    }

    /// <summary>Reads one from a record.</summary>
    public static StoreWrites Read(ref RecordReader record)
    {
        var writes = new KeyValuePair<string, string?>[record.Number()];
        for (var i = 0; i < writes.Length; i++)
            writes[i] = new(record.Text(), record.Number() == 0 ? null : record.Text());
        return new(writes);
    }
}

/// <summary>All data as of some entry of the log.</summary>
internal sealed class StoreData(IReadOnlyList<KeyValuePair<string, string>> data) : MachineState
{
    /// <summary>By key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All { get; } = data;

    /// <inheritdoc/>
    public override int SizeBytes { get; } = data.Sum(pair => 8 + pair.Key.Length + pair.Value.Length);

    /// <summary>Adds it to a record.</summary>
    public void Write(RecordWriter record)
    {
        record.Add(All.Count);
        foreach (var (key, value) in All)
            record.Add(key).Add(value);
    }

    /// <summary>Reads one from a record.</summary>
    public static StoreData Read(ref RecordReader record)
    {
        var data = new KeyValuePair<string, string>[record.Number()];
        for (var i = 0; i < data.Length; i++)
            data[i] = new(record.Text(), record.Text());
        return new(data);
    }
}
