using System.Buffers.Binary;
using Steelyard.PrivateRuntime;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Determinism.Clocks;

/// <summary>The random bytes of a process: a stream for each host, and one for what belongs to
/// none.</summary>
internal sealed class ProcessEntropy(Seed seed)
{
    const string Purpose = "entropy of a process";
    const string Nobodys = $"{Purpose}, shared";
    const string Numbers = ", numbers";

    readonly Dictionary<int, EntropyStream> _ofHosts = [];
    readonly EntropyStream _ofNobody = new(new(seed, Nobodys), new(seed, Nobodys + Numbers));

    /// <summary>The stream of the code that runs.</summary>
    public EntropyStream Of(CallContext? context)
    {
        if (context is null)
            return _ofNobody;
        var host = context.Life.Self.Index;
        if (!_ofHosts.TryGetValue(host, out var stream))
            _ofHosts.Add(host, stream = new(
                new(seed, Purpose, host), new(seed, Purpose + Numbers, host)));
        return stream;
    }
}

/// <summary>One of them. What generators of numbers are given does not depend on how many bytes others have
/// taken, which the statics of some package take once in a process.</summary>
/// <param name="random">Of bytes.</param>
/// <param name="numbers">Of what generators of numbers make theirs of.</param>
internal sealed class EntropyStream(SeededRandom random, SeededRandom numbers)
{
    /// <summary>The next 64 bits for a generator of numbers.</summary>
    public long Bits()
    {
        var bits = (long)numbers.NextBits();
        // That one number would not be taken for one.
        return bits == ProcessHooks.Machine ? 0 : bits;
    }

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
