namespace Steelyard.Services.Stores.Replication;

/// <summary>What the log tells its host.</summary>
internal interface IReplicatedState
{
    /// <summary>An entry is to be seen; each once, in order.</summary>
    void Show(long number, LogEntry entry);

    /// <summary>What was seen after a number never was: another primary went on without it.</summary>
    void Rewind(long number);

    /// <summary>The data as of a number take the place of everything.</summary>
    void Restore(LogState state);

    /// <summary>The data as of a number that was seen and will not be rewound.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Data(long number);

    /// <summary>This host is the primary no more; whether what it had added lasts is for others to
    /// say.</summary>
    void StepDown();
}
