using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>What a span is, by the numbers of OTLP.</summary>
internal enum SpanKind : byte
{
    /// <summary>Nobody said.</summary>
    Unspecified,

    /// <summary>Work within one service.</summary>
    Internal,

    /// <summary>A request that was answered.</summary>
    Server,

    /// <summary>A request that was made.</summary>
    Client,

    /// <summary>A message that was sent.</summary>
    Producer,

    /// <summary>A message that was handled.</summary>
    Consumer,
}

/// <summary>One span, as far as judges need it. Its attributes stand in the <see
/// cref="SpanTable"/>.</summary>
internal struct SpanRecord
{
    public ulong TraceHigh;
    public ulong TraceLow;
    public ulong Id;

    /// <summary>0 where it has none.</summary>
    public ulong Parent;

    /// <summary>By the clock of its host, in ns since 1970.</summary>
    public long StartNs;

    /// <summary>By the clock of its host, in ns since 1970.</summary>
    public long EndNs;

    public string Name;
    public int Batch;
    public int FirstAttribute;
    public int AttributeCount;
    public SpanKind Kind;

    /// <summary>True where its status is an error (2); unset (0) and ok (1) are none.</summary>
    public bool IsError;

    /// <summary>Its trace as people write it.</summary>
    public readonly string Trace => $"{TraceHigh:x16}{TraceLow:x16}";

    /// <summary>Its id as people write it.</summary>
    public readonly string IdText => $"{Id:x16}";
}

/// <summary>One attribute that was kept: its name by its number among <see cref="AttributeNames"/>.</summary>
internal readonly record struct SpanAttribute(int Name, Value Value);
