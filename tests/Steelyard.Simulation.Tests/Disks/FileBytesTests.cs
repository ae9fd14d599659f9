using Steelyard.Simulation.Disks;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Tests.Disks;

public sealed class FileBytesTests
{
    // Writes, cuts and gaps around every size at which room is made, against a plain array.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bytes_are_those_of_a_plain_array_whatever_is_written_and_cut(ulong seed)
    {
        var random = new SeededRandom(new(seed), "test");
        var file = new FileBytes();
        var plain = new List<byte>();
        for (var step = 0; step < 300; step++)
        {
            if (random.Next(4) == 0)
                Cut(file, plain, random.Next(40_000));
            else
                Write(file, plain, random.Next(plain.Count + 300), Some(random));
            Assert.Equal(plain.Count, file.Length);
        }

        Assert.Equal(plain, file.ToArray());
    }

    [Fact]
    public void A_small_file_takes_no_whole_block()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        new FileBytes().Write(0, new byte[100]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1_000);
    }

    static byte[] Some(SeededRandom random)
    {
        var bytes = new byte[random.Next(random.Next(8) == 0 ? 20_000 : 200)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)random.Next(256);
        return bytes;
    }

    static void Write(FileBytes file, List<byte> plain, int offset, byte[] bytes)
    {
        file.Write(offset, bytes);
        while (plain.Count < offset + bytes.Length)
            plain.Add(0);
        for (var i = 0; i < bytes.Length; i++)
            plain[offset + i] = bytes[i];
    }

    static void Cut(FileBytes file, List<byte> plain, int length)
    {
        file.Truncate(length);
        if (length < plain.Count)
            plain.RemoveRange(length, plain.Count - length);
    }
}
