using System.Text;
using Steelyard.Worlds.Storage;

namespace Steelyard.Worlds.Tests.Storage;

public sealed class ChecksumTests
{
    // Appendix B.4 of RFC 3720 (iSCSI), and the check value of the catalogue of CRC algorithms.
    [Theory]
    [InlineData(0x8A9136AA, 0, 0)]
    [InlineData(0x62A8AB43, 255, 0)]
    [InlineData(0x46DD794E, 0, 1)]
    [InlineData(0x113FDB5C, 31, -1)]
    public void The_checksums_of_the_standard_come_out(uint expected, int first, int step) =>
        Assert.Equal(expected, Checksum.Of([.. Enumerable.Range(0, 32).Select(i =>
            (byte)(first + (i * step)))]));

    [Fact]
    public void A_length_that_is_no_multiple_of_a_word_is_summed_whole() =>
        Assert.Equal(0xE3069283, Checksum.Of(Encoding.ASCII.GetBytes("123456789")));
}
