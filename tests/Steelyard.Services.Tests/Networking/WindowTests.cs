using Steelyard.Testing;

namespace Steelyard.Services.Tests.Networking;

public sealed class WindowTests
{
    [Fact]
    public void A_reader_that_does_not_read_stops_its_writer_and_what_is_unread_at_the_end_resets() =>
        ServicesTest.Run<Pipes>(1..3);

    [Fact]
    public void A_window_opens_again_where_the_word_of_it_is_lost() => ServicesTest.Run<CutPipes>(1..3);

    [Fact]
    public void A_writer_before_a_shut_window_hears_that_the_other_host_was_started_anew() =>
        ServicesTest.Run<DeadPipes>(1..3);

    [Fact]
    public void A_slow_reader_of_an_answer_or_a_WebSocket_stops_the_host_that_sends_it() =>
        ServicesTest.Run<Downloads>(1..3);
}
