namespace Steelyard.EmbeddedHost.Measuring;

/// <summary>An embedded store of records: keys in order, each with a value. Opened, it is on its folder
/// alone.</summary>
internal interface IRecordStore : IDisposable
{
    /// <summary>Writes some records, new ones and others; they are on the disk when this returns.</summary>
    void Write(IReadOnlyList<(byte[] Key, byte[] Value)> batch);

    /// <summary>Does what it has put off: what it wrote is where it will be read.</summary>
    void Settle();

    /// <summary>Reads a record.</summary>
    /// <returns>How many bytes its value has; -1 where there is none.</returns>
    int Read(byte[] key);

    /// <summary>Reads records in order of their keys.</summary>
    /// <param name="from">The first key, there or not.</param>
    /// <param name="count">How many records at most.</param>
    /// <returns>How many bytes they have, with their keys.</returns>
    long Scan(byte[] from, int count);

    /// <summary>What it has counted itself since it was opened, by name.</summary>
    IReadOnlyDictionary<string, long> OwnCounts();
}
