using Steelyard.Designs.Chat;
using Steelyard.Histories;

namespace Steelyard.Designs.Tests.Chat;

public class StatusBoardTests
{
    [Fact]
    public void A_copy_that_was_long_on_its_way_does_not_make_an_update_later_than_it_was()
    {
        var board = new StatusBoard();
        Add(board, origin: 1, wall: 20, number: 1, status: "away", version: 1);
        Add(board, origin: 2, wall: 30, number: 1, status: "busy", version: 2);

        // A server that was paused takes the first request only now.
        Add(board, origin: 0, wall: 40, number: 1, status: "away", version: 1);

        Assert.Equal("busy", board.Shown(StatusResolution.Lww));
    }

    [Fact]
    public void A_copy_that_came_first_to_another_server_makes_an_update_as_early_as_it_was()
    {
        var board = new StatusBoard();
        Add(board, origin: 0, wall: 40, number: 1, status: "away", version: 1);
        Add(board, origin: 2, wall: 30, number: 1, status: "busy", version: 2);
        Assert.Equal("away", board.Shown(StatusResolution.Lww));

        Add(board, origin: 1, wall: 20, number: 1, status: "away", version: 1);

        Assert.Equal("busy", board.Shown(StatusResolution.Lww));
    }

    static void Add(StatusBoard board, int origin, long wall, long number, string status, long version) =>
        board.Add(origin, Value.Map(
            ("id", $"update {version}"), ("status", status), ("device", "phone"), ("version", version),
            ("wall", wall), ("number", number), ("context", Value.Nil)));
}
