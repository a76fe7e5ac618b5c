package newsroom

import (
	"slices"

	"doingoai/app/account"
)

// The workflows every agency begins with (domain §3): the whole chain, and the
// short one of desks in the manner of a news agency. An agency that saves one
// of the same code has its own from then on.
var standard = []*Workflow{
	{
		ID: "chain", Code: "chain", Preferred: true,
		Names: map[string]string{"vi": "Quy trình đầy đủ", "en": "Full chain"},
		Steps: []Step{
			{
				Key: "edit", State: Editing, Roles: []account.Role{account.Editor, account.Reviser},
				Names:  map[string]string{"vi": "Biên tập", "en": "Editing"},
				SkipBy: []account.Role{account.DeskHead, account.ManagingEditor, account.EditorInChief},
			},
			{
				Key: "desk", State: DeskReview, Roles: []account.Role{account.ManagingEditor},
				Names:     map[string]string{"vi": "Thư ký tòa soạn", "en": "Managing editor"},
				SkipBy:    []account.Role{account.EditorInChief},
				Questions: []Question{askSources, askFigures, askPictures},
			},
			{
				Key: "approval", State: Approval, Roles: []account.Role{account.EditorInChief},
				Names:     map[string]string{"vi": "Tổng Biên tập", "en": "Editor-in-chief"},
				Questions: []Question{askSecrets},
			},
		},
		Urgent: Urgent{Roles: []account.Role{account.ManagingEditor, account.EditorInChief}, Hours: 24},
	},
	{
		ID: "desk", Code: "desk",
		Names: map[string]string{"vi": "Quy trình rút gọn của phòng", "en": "Short desk chain"},
		Steps: []Step{
			{
				Key: "edit", State: Editing, Roles: []account.Role{account.Editor, account.Reviser},
				Names:  map[string]string{"vi": "Biên tập, hiệu đính", "en": "Editing and revision"},
				SkipBy: []account.Role{account.DeskHead, account.EditorInChief},
			},
			{
				Key: "approval", State: Approval, Roles: []account.Role{account.DeskHead, account.EditorInChief},
				Names:     map[string]string{"vi": "Phê duyệt", "en": "Approval"},
				Questions: []Question{askSources, askFigures, askPictures, askSecrets},
			},
		},
		Urgent: Urgent{Roles: []account.Role{account.DeskHead, account.EditorInChief}, Hours: 24},
	},
}

var (
	askSecrets = Question{
		Key: "secrets", Always: true, Texts: map[string]string{
			"vi": "Bài và ảnh không chứa bí mật nhà nước, tin nội bộ hay tọa độ, phiên hiệu đơn vị",
			"en": "Text and pictures hold no State secrets, internal information, coordinates or unit designations",
		},
	}
	askSources = Question{
		Key: "sources", Always: true, Texts: map[string]string{
			"vi": "Đã kiểm tra nguồn tin, ghi đủ nguồn của phần lấy lại",
			"en": "Sources are checked, and named for what is reused",
		},
	}
	askFigures = Question{
		Key: "figures", Texts: map[string]string{
			"vi": "Đã đối chiếu số liệu, đơn vị tính và thời điểm",
			"en": "Figures, their units and dates are checked",
		},
	}
	askPictures = Question{
		Key: "pictures", Texts: map[string]string{
			"vi": "Được phép dùng ảnh, đã ghi nguồn ảnh",
			"en": "Pictures may be used and are credited",
		},
	}
)

// standardOf answers a shipped workflow by its id.
func standardOf(id string) (*Workflow, bool) {
	i := slices.IndexFunc(standard, func(w *Workflow) bool { return w.ID == id })
	if i < 0 {
		return nil, false
	}
	return standard[i], true
}
