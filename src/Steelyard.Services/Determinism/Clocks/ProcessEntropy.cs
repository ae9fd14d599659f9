using System.Buffers.Binary;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Determinism.Clocks;

/// <summary>The random bytes of a process: a stream for each host, and one for what belongs to
/// none.</summary>
internal sealed class ProcessEntropy(Seed seed)
{
    const string Purpose = "entropy of a process";

    readonly Dictionary<int, EntropyStream> _ofHosts = [];
    readonly EntropyStream _ofNobody = new(new(seed, $"{Purpose}, shared"));

    /// <summary>The stream of the code that runs.</summary>
    public EntropyStream Of(CallContext? context)
    {
        if (context is null)
            return _ofNobody;
        var host = context.Life.Self.Index;
        if (!_ofHosts.TryGetValue(host, out var stream))
            _ofHosts.Add(host, stream = new(new(seed, Purpose, host)));
        return stream;
    }
}

/// <summary>One of them.</summary>
internal sealed class EntropyStream(SeededRandom random)
{
    /// <summary>What is behind <see cref="Random.Shared"/> here; null until it is asked for.</summary>
    public object? Shared { get; set; }

    /// <summary>Fills bytes with the next ones.</summary>
    public void Fill(Span<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, random.NextBits());
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(last, random.NextBits());
        last[..bytes.Length].CopyTo(bytes);
    }
}
