using Steelyard.Services.Networking;

namespace Steelyard.Services.Stores.Wire;

/// <summary>What a session asks of its store.</summary>
internal enum StoreRequestKind : byte
{
    /// <summary>Begins a transaction on the primary.</summary>
    Begin,

    /// <summary>Begins one that reads what this host has.</summary>
    BeginHere,

    /// <summary>Reads a key.</summary>
    Get,

    /// <summary>Locks a key, and reads it.</summary>
    GetForUpdate,

    /// <summary>Writes a key.</summary>
    Put,

    /// <summary>Deletes a key.</summary>
    Delete,

    /// <summary>Reads a range of keys.</summary>
    Scan,

    /// <summary>Commits.</summary>
    Commit,

    /// <summary>Rolls back.</summary>
    Rollback,
}

/// <summary>One request.</summary>
/// <param name="Kind">What.</param>
/// <param name="Key">The key, or the first of a range.</param>
/// <param name="Value">The value, or the first key above a range; null is none.</param>
/// <param name="Isolation">What is asked for at the beginning; null is the store's own.</param>
internal sealed record StoreRequest(
    StoreRequestKind Kind, string Key = "", string? Value = null, StoreIsolation? Isolation = null);

/// <summary>The answer.</summary>
/// <param name="Error">Why it was refused.</param>
/// <param name="Value">What was read; of a host that is not the primary, the name of the one that is, if it
/// knows it.</param>
/// <param name="Found">What a range held.</param>
internal sealed record StoreAnswer(
    StoreError Error, string? Value, IReadOnlyList<KeyValuePair<string, string>> Found)
{
    /// <summary>Done, or refused.</summary>
    public static StoreAnswer Of(StoreError error) => new(error, null, []);

    /// <summary>What a key holds.</summary>
    public static StoreAnswer Of(string? value) => new(StoreError.None, value, []);
}

/// <summary>Requests and answers as bytes; each is preceded by its length when it travels.</summary>
internal static class StoreWords
{
    // In the place of an isolation: the store's own.
    const byte Default = byte.MaxValue;

    /// <summary>A request as bytes.</summary>
    public static byte[] Of(StoreRequest request) => Frames.Of(writer =>
    {
        writer.Write((byte)request.Kind);
        writer.Write(request.Key);
        Write(writer, request.Value);
        writer.Write((byte?)request.Isolation ?? Default);
    });

    /// <summary>An answer as bytes.</summary>
    public static byte[] Of(StoreAnswer answer) => Frames.Of(writer =>
    {
        writer.Write((byte)answer.Error);
        Write(writer, answer.Value);
        writer.Write(answer.Found.Count);
        foreach (var (key, value) in answer.Found)
        {
            writer.Write(key);
            writer.Write(value);
        }
    });

    /// <summary>The request in a frame.</summary>
    public static StoreRequest Request(byte[] frame)
    {
        using var reader = Frames.Reader(frame);
        var (kind, key, value) = ((StoreRequestKind)reader.ReadByte(), reader.ReadString(), Read(reader));
        var isolation = reader.ReadByte();
        return new(kind, key, value, isolation == Default ? null : (StoreIsolation)isolation);
    }

    /// <summary>The answer in a frame.</summary>
    public static StoreAnswer Answer(byte[] frame)
    {
        using var reader = Frames.Reader(frame);
        var (error, value) = ((StoreError)reader.ReadByte(), Read(reader));
        var found = new KeyValuePair<string, string>[reader.ReadInt32()];
        for (var i = 0; i < found.Length; i++)
            found[i] = new(reader.ReadString(), reader.ReadString());
        return new(error, value, found);
    }

    static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    static string? Read(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
